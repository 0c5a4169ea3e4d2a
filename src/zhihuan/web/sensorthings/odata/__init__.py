"""The grammar of addresses and query options, sans-IO: text in, frozen values out.

Nothing here knows an entity, a database or Django. What cannot be read raises ``Refusal`` with a
``Reason``; the words for people stand in ``zhihuan.web.sensorthings.words``. Every input is bounded
(``limits``), so that no text makes reading slow or deep.

Source: OGC 18-088, 9.2 (resource paths) and 9.3 (query options); OData 4.0 part 2, 5.1, and its ABNF,
where 18-088 refers to them.
"""
