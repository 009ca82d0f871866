/** Messages between tabs with the same rights. */
import type { WatchedCandidate } from '../../proxy/contract/session.ts';

/** The candidates that one tab wants in the leader's stream. */
export interface TabRequest {
  candidates: WatchedCandidate[];
  /** The tab's last event; undefined once the leader's stream covers the tab's candidates. */
  cursor: string | undefined;
  /** Numbers the requests of a tab: only the newest is valid. */
  revision: number;
  /** Visible tabs take precedence if one stream cannot hold all candidates. */
  isVisible: boolean;
}

export type RequestMessage = { kind: 'request'; tab: string } & TabRequest;

export type TabMessage =
  // From followers:
  | RequestMessage
  | { kind: 'leave'; tab: string }
  | { kind: 'ping' }
  // From the leader:
  /** Another tab has become the leader. */
  | { kind: 'leading' }
  /** Data has arrived in the stream, or the leader responds to a follower. */
  | { kind: 'alive' }
  /** The stream now has the candidates of this request. */
  | { kind: 'covered'; tab: string; revision: number }
  | { kind: 'event'; id: string | undefined; event: string | undefined; data: unknown }
  /** The stream ended. */
  | { kind: 'ended' }
  /** Events may have been lost. */
  | { kind: 'missed' };

export type LeaderMessage = Extract<TabMessage, { kind: 'alive' | 'event' | 'ended' | 'missed' }>;
