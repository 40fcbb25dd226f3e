"""Galaxy starts Python anew for each upload and each job's metadata, and imports most of itself there (6 to 9 s). This
process has it imported already and forks for each such script.

    helper.py serve SOCKET                     waits for scripts
    helper.py run SOCKET script.py ARGUMENTS   what the server's `python` calls: hands the script over, or runs it plainly
"""
import array
import json
import os
import socket
import sys

PREPARED = ("data_fetch.py", "metadata/set.py", "upload.py", "export_history.py", "unpack_tar_gz_archive.py")
LENGTH = 4
FILES = 3


def run(path, argv):
    status = handed_over(path, argv) if argv and argv[0].endswith(PREPARED) else None
    if status is not None:
        sys.exit(status)
    os.execv(sys.executable, [sys.executable, *argv])


def handed_over(path, argv):
    """The exit status of the script, or None when the helper cannot be reached."""
    order = json.dumps({"argv": argv, "folder": os.getcwd(), "environment": dict(os.environ)}).encode()
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(path)
            descriptors = (socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", range(FILES)))
            line.sendmsg([len(order).to_bytes(LENGTH, "big")], [descriptors])
            line.sendall(order)
            status = line.recv(1)
            return status[0] if status else None
    except OSError:
        return None


def serve(path):
    import gc
    import signal

    gc.disable()
    import galaxy.datatypes.registry  # noqa: F401
    import galaxy.files  # noqa: F401
    import galaxy.tools.data_fetch  # noqa: F401
    import galaxy_ext.metadata.set_metadata  # noqa: F401

    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel clears the children away
    if os.path.exists(path):
        os.unlink(path)
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        while True:
            line, _ = door.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                carry_out(line)
            line.close()


def carry_out(line):
    """In the child: takes the order's files, folder and environment over, runs the script and tells its status."""
    import runpy
    import traceback

    head, ancillary, _, _ = line.recvmsg(LENGTH, socket.CMSG_SPACE(FILES * array.array("i").itemsize))
    descriptors = array.array("i")
    descriptors.frombytes(ancillary[0][2])
    wanted = int.from_bytes(head, "big")
    text = b""
    while len(text) < wanted:
        text += line.recv(wanted - len(text))
    order = json.loads(text)
    for place, descriptor in enumerate(descriptors):
        os.dup2(descriptor, place)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = order["argv"]
    sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0]))
    status = 1
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    try:
        line.sendall(bytes([status & 255]))
    finally:
        os._exit(0)


if __name__ == "__main__":
    _, mode, address, *rest = sys.argv
    serve(address) if mode == "serve" else run(address, rest)
