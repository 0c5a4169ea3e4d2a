"""The public pages (公众服务): the city today for everybody, without a sign-in and without scripts."""
