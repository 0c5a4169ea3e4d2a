"""What the trials of the deployments stand on: real servers in a folder of their own, without systemd."""
