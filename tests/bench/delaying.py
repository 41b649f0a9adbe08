"""A relay that delays what the server says, and only that: the unkindest kind of slow network."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def delayed(port: int, seconds: float) -> Iterator[int]:
    """Relay to a port of this machine with the answers late; give the relay's own port."""
    loop = asyncio.new_event_loop()
    ready: list[int] = []
    begun = threading.Event()

    async def serve() -> None:
        async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(asyncio.CancelledError):  # the measurement is over
                there, back = await asyncio.open_connection("127.0.0.1", port)
                await asyncio.gather(_pass(reader, back, 0.0), _pass(there, writer, seconds))

        server = await asyncio.start_server(relay, "127.0.0.1", 0)
        ready.append(server.sockets[0].getsockname()[1])
        begun.set()
        await server.serve_forever()

    thread = threading.Thread(target=_run, args=(loop, serve()), daemon=True)
    thread.start()
    begun.wait(10)
    try:
        yield ready[0]
    finally:
        loop.call_soon_threadsafe(_end, loop)
        thread.join(10)


def _run(loop: asyncio.AbstractEventLoop, serving: object) -> None:
    asyncio.set_event_loop(loop)
    loop.create_task(serving)  # type: ignore[arg-type]
    loop.run_forever()


def _end(loop: asyncio.AbstractEventLoop) -> None:
    for task in asyncio.all_tasks(loop):
        task.cancel()
    loop.call_later(0.2, loop.stop)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    loop = asyncio.get_running_loop()
    with contextlib.suppress(OSError):
        while piece := await reader.read(65536):
            if seconds:
                loop.call_later(seconds, _write, writer, piece)
            else:
                _write(writer, piece)
    loop.call_later(seconds, writer.close)


def _write(writer: asyncio.StreamWriter, piece: bytes) -> None:
    with contextlib.suppress(OSError):
        writer.write(piece)
