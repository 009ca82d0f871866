/**
 * Tabs of equal rights share one stream: whoever holds a lock has it, and tells the others. A tab that is alone needs no
 * more than the lock; what tabs say to each other is fetched once there are two.
 */
import type { TabChannel, TabMember, TabMessage } from './tab-channel.ts';

export class TabLeader {
  /** Whether the stream is this tab's own. */
  isLeader = false;
  /** The others, as soon as there are any. */
  declare tabChannel: TabChannel | undefined;
  declare readonly name: string;
  declare readonly member: TabMember;
  #channel: BroadcastChannel | undefined;
  #loadingTabChannel: Promise<TabChannel> | undefined;
  #release = () => {};
  #hasLeft = false;

  /** @param name is the same for those who may share a stream, and for nobody else. */
  constructor(name: string, member: TabMember) {
    this.name = name;
    this.member = member;
  }

  /** Resolves once it is known who leads. Where tabs cannot share, or it cannot be fetched how, each has its own. */
  async join(): Promise<void> {
    try {
      this.#channel = new BroadcastChannel(this.name);
      this.#channel.onmessage = ({ data }: MessageEvent<TabMessage>) =>
        this.#withTabChannel((tabs) => tabs.receive(data));
      if (!(await this.acquire({ ifAvailable: true }))) await this.#withTabChannel((tabs) => tabs.follow(), true);
    } catch {
      this.leave();
      this.isLeader = true;
    }
  }

  /** Takes the lock; answers whether it has it. */
  async acquire(options: LockOptions): Promise<boolean> {
    const release = await acquireLock(this.name, options, () => this.#withTabChannel((tabs) => tabs.follow()));
    if (this.#hasLeft) release?.();
    else if (release) this.#release = release;
    this.isLeader = !!release && !this.#hasLeft;
    return this.isLeader;
  }

  leave(): void {
    this.#hasLeft = true;
    this.tabChannel?.leave();
    this.#channel?.close();
    this.#release();
  }

  async #withTabChannel(then: (tabs: TabChannel) => void, needed = false): Promise<void> {
    try {
      this.#loadingTabChannel ??= import('./tab-channel.ts').then(({ TabChannel }) => {
        this.tabChannel = new TabChannel(this, (message) => this.#hasLeft || this.#channel?.postMessage(message));
        return this.tabChannel;
      });
      then(await this.#loadingTabChannel);
    } catch (why) {
      this.#loadingTabChannel = undefined;
      if (needed) throw why;
    }
  }
}

/**
 * Holds a lock of this name; resolves with its release, or with nothing where somebody else has it.
 * @param lost is called when the lock is taken away.
 */
export function acquireLock(name: string, options: LockOptions, lost = () => {}): Promise<(() => void) | undefined> {
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
