/**
 * A client of Marionette, Firefox's own remote protocol. Marionette can reach the documents of an extension, including
 * frames in closed shadow trees. WebDriver BiDi, and every library based on it, cannot (Bugzilla 1755014).
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

interface Failure {
  error: string;
  message: string;
}

type Reply = [type: 1, id: number, failure: Failure | null, result: unknown];

/** A command that Firefox refused. `code` is the error code of WebDriver, such as `no such frame`. */
export class MarionetteError extends Error {
  readonly code: string;
  constructor(command: string, { error, message }: Failure) {
    super(`${command}: ${error}: ${message}`);
    this.code = error;
  }
}

export class Marionette {
  #socket: Socket;
  #lastId = 0;
  #pending = new Map<number, (reply: Reply) => void>();
  #buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('close', () => {
      const failure = { error: 'closed', message: 'Firefox closed the connection' };
      for (const [id, settle] of this.#pending) settle([1, id, failure, undefined]);
    });
  }

  static async connect(port: number): Promise<Marionette> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Marionette(socket);
  }

  /** @throws MarionetteError if Firefox refuses the command. */
  async send(command: string, parameters: object = {}): Promise<unknown> {
    const id = ++this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    this.#pending.set(id, resolve);
    const text = JSON.stringify([0, id, command, parameters]);
    this.#socket.write(`${Buffer.byteLength(text)}:${text}`);
    const [, , failure, result] = await promise;
    if (failure) throw new MarionetteError(command, failure);
    return result;
  }

  /** A message is a length in bytes, a colon, and JSON. The first message is a greeting, which is not a list. */
  #onData(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const colon = this.#buffer.indexOf(':');
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon));
      if (colon < 0 || this.#buffer.length < end) return;
      const message: unknown = JSON.parse(this.#buffer.subarray(colon + 1, end).toString('utf8'));
      this.#buffer = this.#buffer.subarray(end);
      if (!Array.isArray(message)) continue;
      const reply = message as Reply;
      this.#pending.get(reply[1])?.(reply);
      this.#pending.delete(reply[1]);
    }
  }
}
