/**
 * Tabs of equal rights share one stream: whoever holds a lock has it, and tells the others. A tab that is alone needs no
 * more than the lock; what tabs say to each other is fetched once there are two.
 */
import type { Member, Message, Tabs } from './tab-channel.ts';

export class Lead {
  /** Whether the stream is this tab's own. */
  leads = false;
  /** The others, as soon as there are any. */
  declare tabs: Tabs | undefined;
  declare readonly name: string;
  declare readonly member: Member;
  #channel: BroadcastChannel | undefined;
  #meeting: Promise<Tabs> | undefined;
  #release = () => {};
  #left = false;

  /** @param name is the same for those who may share a stream, and for nobody else. */
  constructor(name: string, member: Member) {
    this.name = name;
    this.member = member;
  }

  /** Resolves once it is known who leads. Where tabs cannot share, or it cannot be fetched how, each has its own. */
  async join(): Promise<void> {
    try {
      this.#channel = new BroadcastChannel(this.name);
      this.#channel.onmessage = ({ data }: MessageEvent<Message>) => this.#meet((tabs) => tabs.receive(data));
      if (!(await this.take({ ifAvailable: true }))) await this.#meet((tabs) => tabs.follow(), true);
    } catch {
      this.leave();
      this.leads = true;
    }
  }

  /** Takes the lock; answers whether it has it. */
  async take(options: LockOptions): Promise<boolean> {
    const release = await hold(this.name, options, () => this.#meet((tabs) => tabs.follow()));
    if (this.#left) release?.();
    else if (release) this.#release = release;
    this.leads = !!release && !this.#left;
    return this.leads;
  }

  leave(): void {
    this.#left = true;
    this.tabs?.leave();
    this.#channel?.close();
    this.#release();
  }

  async #meet(then: (tabs: Tabs) => void, needed = false): Promise<void> {
    try {
      this.#meeting ??= import('./tab-channel.ts').then(({ Tabs }) => {
        this.tabs = new Tabs(this, (message) => this.#left || this.#channel?.postMessage(message));
        return this.tabs;
      });
      then(await this.#meeting);
    } catch (why) {
      this.#meeting = undefined;
      if (needed) throw why;
    }
  }
}

/**
 * Holds a lock of this name; resolves with its release, or with nothing where somebody else has it.
 * @param lost is called when the lock is taken away.
 */
export function hold(name: string, options: LockOptions, lost = () => {}): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    let held = false;
    navigator.locks
      .request(name, options, (lock) => {
        held = !!lock;
        if (!lock) return resolve(undefined);
        return new Promise<void>((release) => resolve(release));
      })
      .catch((why: unknown) => (held ? lost() : reject(why)));
  });
}
