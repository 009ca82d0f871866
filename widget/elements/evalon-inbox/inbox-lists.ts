/** Renders the two lists of the inbox. Holds the search text and the open reminder. */
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { MAX_NAME_CHARS } from '../../../proxy/contract/candidate.ts';
import { matchesSearch, parseSearch } from '../../../proxy/contract/search-text.ts';
import type { Session } from '../../api/parse.ts';
import { lazySessionDetails } from '../../components/lazy-session-details.ts';
import { assessmentErased } from '../../strings/en/common.ts';
import * as strings from '../../strings/en/inbox.ts';
import { getReportedTime, type Inbox, type InboxList } from '../../sync/inbox.ts';
import { isReminderDue, needsLink } from '../../sync/reminders.ts';
import { type InboxRowProps, renderInboxRow } from './inbox-row.ts';
import type { RowFocus } from './row-focus.ts';
import { RowOrder } from './row-order.ts';

/** With fewer rows, the recruiter needs no search. */
const MIN_SEARCH_ROWS = 6;
const SEARCH_DEBOUNCE_MS = 300;

export interface InboxListsListener {
  onChange(): void;
  onSelect(session: Session): void;
  findLabel(session: Session): string;
  isNew(session: Session): boolean;
}

export class InboxLists {
  readonly #inbox: Inbox;
  readonly #rowFocus: RowFocus;
  readonly #listener: InboxListsListener;
  readonly #orders: Record<InboxList, RowOrder> = { finished: new RowOrder(), waiting: new RowOrder() };
  #searchText = '';
  #cancelSearch: (() => void) | undefined;
  /** The session whose reminder is open. */
  #openUuid: string | undefined;

  constructor(inbox: Inbox, rowFocus: RowFocus, listener: InboxListsListener) {
    this.#inbox = inbox;
    this.#rowFocus = rowFocus;
    this.#listener = listener;
  }

  /** Cancels the search that waits for a pause in typing. */
  stop(): void {
    this.#cancelSearch?.();
  }

  render(): TemplateResult {
    const { finished, waiting, hasMore } = this.#inbox;
    const hasSearch = this.#searchText || hasMore.finished || finished.length + waiting.length >= MIN_SEARCH_ROWS;
    const lists = [
      this.#renderList('finished', strings.finishedHeading),
      this.#renderList('waiting', strings.waitingHeading),
    ];
    const isEmpty = lists.every((list) => list === nothing);
    const isSearching = this.#cancelSearch !== undefined || this.#inbox.isSearching;
    return html`${hasSearch ? this.#renderSearch() : nothing}
      ${
        isEmpty
          ? html`<p>${isSearching ? strings.searching : strings.noMatch(this.#searchText)}</p>`
          : html`<div class="lists" @pointerenter=${this.#freeze} @pointerleave=${this.#release}>${lists}</div>`
      }`;
  }

  readonly #freeze = (): void => {
    for (const order of Object.values(this.#orders)) order.freeze();
  };

  readonly #release = (): void => {
    for (const order of Object.values(this.#orders)) order.release();
    this.#listener.onChange();
  };

  #renderSearch(): TemplateResult {
    const onInput = ({ currentTarget }: Event) => this.#search((currentTarget as HTMLInputElement).value);
    return html`<div>
      <label>${strings.searchLabel}<input
        part="search"
        type="search"
        autocomplete="off"
        maxlength=${MAX_NAME_CHARS}
        .value=${this.#searchText}
        @input=${onInput}
      /></label>
    </div>`;
  }

  /** Shows matching loaded rows at once, and the proxy's matches after a pause in typing. */
  #search(text: string): void {
    this.#searchText = text;
    this.#cancelSearch?.();
    this.#cancelSearch = this.#inbox.clock.setTimer(SEARCH_DEBOUNCE_MS, () => {
      this.#cancelSearch = undefined;
      this.#inbox.search(text.trim());
      this.#release();
    });
    this.#release();
  }

  #renderList(name: InboxList, heading: string): TemplateResult | typeof nothing {
    const otherOrder = this.#orders[name === 'finished' ? 'waiting' : 'finished'];
    const search = this.#searchText.trim() ? parseSearch(this.#searchText) : undefined;
    const known = search ? this.#inbox.listKnown(name) : this.#inbox[name];
    const sessions = known.filter(
      (session) => (!search || matchesSearch(search, session)) && !otherOrder.isFrozen(session.session_uuid),
    );
    const uuids = this.#orders[name].arrange(sessions);
    if (!uuids.length) return nothing;
    const rows = repeat(
      uuids,
      (uuid) => uuid,
      (uuid) => {
        const session = this.#inbox.getSession(uuid);
        return session ? this.#renderRow(name, session) : html`<li><p>${assessmentErased}</p></li>`;
      },
    );
    return html`<div>
      <h3>${heading}</h3>
      ${
        name === 'finished'
          ? html`<ul role="list" part="results">${rows}</ul>`
          : html`<ul role="list" part="waiting">${rows}</ul>`
      }
      ${this.#renderMoreButton(name, sessions.length, heading)}
    </div>`;
  }

  #renderRow(name: InboxList, session: Session): TemplateResult {
    const isFinished = name === 'finished';
    const now = this.#inbox.clock.now();
    const time = isFinished ? getReportedTime(session) : session.updated_at;
    return renderInboxRow(session, {
      label: this.#listener.findLabel(session),
      timeText: strings.formatTimeAgo(time, now),
      isNew: isFinished && this.#listener.isNew(session),
      ...(isFinished ? { reminder: undefined, details: nothing } : this.#describeReminder(session, now)),
      onSelect: () => this.#listener.onSelect(session),
    });
  }

  /** Offers a reminder when one is due. Until then, shows who passed the link on. An earlier reminder stays visible. */
  #describeReminder(session: Session, now: number): Pick<InboxRowProps, 'reminder' | 'details'> {
    const { session_uuid, candidate_url: link, handed_over } = session;
    const { config } = this.#inbox;
    const isDue = isReminderDue(session, now);
    const canRemind = config?.canInvite && link && isDue;
    const isOpen = canRemind && session_uuid === this.#openUuid;
    const showsHandover = handed_over && needsLink(session) && (handed_over.kind === 'reminder' || !isDue);
    const sessionDetails = isOpen || showsHandover ? lazySessionDetails.get(this.#inbox) : undefined;
    const toggle = () => {
      this.#openUuid = isOpen ? undefined : session_uuid;
      this.#listener.onChange();
    };
    const assessment = this.#listener.findLabel(session);
    const handover =
      sessionDetails && showsHandover
        ? html`<p part="handover">${sessionDetails.describeHandover(handed_over)}</p>`
        : nothing;
    return {
      reminder: canRemind ? { isOpen: !!isOpen, toggle } : undefined,
      details:
        sessionDetails && isOpen
          ? sessionDetails.renderShareLink({ collection: this.#inbox, session, link, assessment, config })
          : handover,
    };
  }

  #renderMoreButton(name: InboxList, count: number, heading: string): TemplateResult | typeof nothing {
    const order = this.#orders[name];
    if (count <= order.limit && !this.#inbox.hasMore[name]) return nothing;
    const showMore = ({ currentTarget }: Event) => {
      const list = (currentTarget as Element).previousElementSibling as Element;
      this.#rowFocus.moveTo(list, list.children.length);
      order.showMore();
      if (order.limit > count) this.#inbox.loadMore(name);
      this.#listener.onChange();
    };
    return html`<button part="more-button" aria-label=${strings.showMoreLabel(heading)} @click=${showMore}>${strings.showMore}</button>`;
  }
}
