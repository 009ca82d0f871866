/**
 * Prevents an invite to the wrong candidate if the page changes while the recruiter clicks. The invite is for the
 * candidate that was shown when the recruiter pressed the button. A new button is disabled until it has been painted for
 * a while. Before the invite is sent, the guard rereads the page, and cancels the invite if the candidate changed.
 */
const INVITE_BUTTON = '[part=invite-button]';
/** How long a button must be painted before it can be clicked. */
const MIN_PAINTED_MS = 500;

export type InviteOutcome = 'sent' | 'changed' | 'no-response';

interface Options {
  /** Identifies the candidate on screen; undefined if there is none. */
  getShownKey: () => string | undefined;
  /** Reads the page now. Returns undefined if the page does not respond. */
  identify: () => Promise<{ key: string | undefined } | undefined>;
  onOutcome: (outcome: InviteOutcome) => void;
}

export interface InviteGuard {
  /** Guards all invite buttons of `panel`, which must be connected. */
  watch(panel: HTMLElement): void;
  /** Disables the invite buttons until they have been painted for a while. Must be called when they reappear. */
  disableAll(): void;
  /** Cancels an invite that has not been sent. Must be called whenever the candidate changes. */
  cancelPending(): void;
}

export function createInviteGuard({ getShownKey, identify, onOutcome }: Options): InviteGuard {
  /** The candidate on screen when the pointer or a key went down on an invite button. */
  let pressedKey: string | undefined;
  /** Whether the guard is rereading the page after a click. */
  let isConfirming = false;
  /** The button whose click the guard has approved. */
  let approvedButton: HTMLElement | undefined;
  let watchedPanel: HTMLElement | undefined;

  async function confirmInvite(button: HTMLElement, key: string | undefined): Promise<void> {
    isConfirming = true;
    const page = await identify();
    if (!isConfirming) return;
    isConfirming = false;
    if (!page) return onOutcome('no-response');
    const isSameCandidate = key !== undefined && page.key === key && getShownKey() === key;
    if (!isSameCandidate || !button.isConnected || isDisabled(button)) return onOutcome('changed');
    approvedButton = button;
    button.click();
    approvedButton = undefined;
    onOutcome('sent');
  }

  function rememberPressed(event: Event): void {
    if (event.isTrusted && findInviteButton(event)) pressedKey = getShownKey();
  }

  /** Forgets the candidate after the click, which follows the release. */
  function forgetPressed(): void {
    setTimeout(() => {
      pressedKey = undefined;
    });
  }

  function handleClick(event: MouseEvent): void {
    const button = findInviteButton(event);
    if (!button || button === approvedButton) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    // Assistive technology clicks without a pointer or a key.
    const key = pressedKey ?? getShownKey();
    if (event.isTrusted && !isConfirming && !isDisabled(button)) void confirmInvite(button, key);
  }

  for (const type of ['pointerdown', 'keydown'] as const) addEventListener(type, rememberPressed, { capture: true });
  for (const type of ['pointerup', 'pointercancel', 'keyup'] as const) {
    addEventListener(type, forgetPressed, { capture: true });
  }
  addEventListener('click', handleClick, { capture: true });

  return {
    watch(panel) {
      watchedPanel = panel;
      const knownButtons = new WeakSet<Element>();
      const disableNewButtons = () => {
        for (const button of findInviteButtons(panel)) {
          if (!knownButtons.has(button)) disableUntilPainted(button);
          knownButtons.add(button);
        }
      };
      new MutationObserver(disableNewButtons).observe(panel.shadowRoot ?? panel, { childList: true, subtree: true });
      disableNewButtons();
    },
    disableAll() {
      for (const button of watchedPanel ? findInviteButtons(watchedPanel) : []) disableUntilPainted(button);
    },
    cancelPending() {
      const isPending = isConfirming || pressedKey !== undefined;
      isConfirming = false;
      pressedKey = undefined;
      if (isPending) onOutcome('changed');
    },
  };
}

const disabledTimers = new WeakMap<HTMLElement, number>();

/** Ignores clicks and keys on an element until it has been painted for a while. */
export function disableUntilPainted(element: HTMLElement): void {
  element.inert = true;
  clearTimeout(disabledTimers.get(element));
  // The second frame begins after the first was painted.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      disabledTimers.set(
        element,
        setTimeout(() => {
          element.inert = false;
        }, MIN_PAINTED_MS),
      );
    }),
  );
}

function isDisabled(element: HTMLElement): boolean {
  return element.inert;
}

function findInviteButtons(panel: HTMLElement): HTMLElement[] {
  return [...(panel.shadowRoot?.querySelectorAll<HTMLElement>(INVITE_BUTTON) ?? [])];
}

function findInviteButton(event: Event): HTMLElement | undefined {
  return event
    .composedPath()
    .find((node): node is HTMLElement => node instanceof HTMLElement && node.matches(INVITE_BUTTON));
}
