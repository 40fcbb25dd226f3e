"""Calls the service as its manual shows it, with Python's own library: prints what came back as one JSON line.

argv: base address, call, parameters as JSON, then part=path for each file. Standard input: user name and password,
one a line. Whatever is a zip is opened with zipfile.
"""
import io
import json
import os
import sys
import urllib.request
import zipfile

BOUNDARY = '------------------------d74496d66958873e'


def part(head, content):
    return b'--' + BOUNDARY.encode() + b'\r\n' + head.encode() + b'\r\n\r\n' + content + b'\r\n'


base, call, parameters, *files = sys.argv[1:]
username, pw = sys.stdin.buffer.read().decode().splitlines()
# json.dumps escapes what is not ASCII
data = json.dumps({'parameters': json.loads(parameters), 'auth': {'username': username, 'pw': pw}})
body = part('Content-Disposition: form-data; name="data"', data.encode('ascii'))
for name, path in (file.split('=', 1) for file in files):
    head = f'Content-Disposition: form-data; name="{name}"; filename="{os.path.basename(path)}"\r\nContent-Type: application/octet-stream'
    with open(path, 'rb') as file:
        body += part(head, file.read())
body += b'--' + BOUNDARY.encode() + b'--\r\n'
request = urllib.request.Request(f'{base}/genoex/api/{call}', body, {'Content-Type': f'multipart/form-data; boundary={BOUNDARY}'})
with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as response:
    answer = response.read()
if zipfile.is_zipfile(io.BytesIO(answer)):
    archive = zipfile.ZipFile(io.BytesIO(answer))
    print(json.dumps({'damaged': archive.testzip(), 'files': {name: archive.read(name).decode('ascii') for name in archive.namelist()}}))
else:
    print(json.dumps(json.loads(answer)))
