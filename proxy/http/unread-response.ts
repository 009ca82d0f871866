/**
 * Closes the connection of a client that does not read its response, because the proxy keeps the unread part in memory.
 */
import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';

/**
 * @param timeoutMs a client must read some of what the proxy has sent within this time. The time that a handler takes
 *   does not count.
 */
export function closeUnreadResponses(timeoutMs: number): RequestHandler {
  return (_request, response, next) => {
    response.setTimeout(timeoutMs).on('timeout', destroyUnread);
    next();
  };
}

/** Because of this listener, Node does not close the connection. So a slow handler keeps its connection. */
function destroyUnread(socket: Socket): void {
  if (socket.writableLength) socket.destroy();
}
