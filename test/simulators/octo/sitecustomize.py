"""Read by Python when it starts: octo always asks for port 22, which only the superuser may open."""
import os

import paramiko

*defaults, = paramiko.SSHClient.connect.__defaults__
assert defaults[0] == 22
defaults[0] = int(os.environ['SIMULATED_SFTP_PORT'])
paramiko.SSHClient.connect.__defaults__ = tuple(defaults)
