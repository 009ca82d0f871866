/**
 * Protects against clickjacking: the page around the panel's frame may be hostile. A click on Invite counts only if a
 * person made it and the button was fully visible for a while. If the browser cannot verify the visibility, the recruiter
 * confirms the invite in a tab of the extension. Before each invite, the guard checks the candidate on the page again.
 */
const BUTTON = '[part=invite-button]';
/** How long the button must be visible before the click. */
const MIN_VISIBLE_MS = 400;
/** Between two visibility checks of the browser. Intersection Observer v2 requires at least 100. */
const OBSERVER_DELAY_MS = 100;

interface Options {
  /** Called if the button had only just become visible. Asks the recruiter to click again. */
  onTooEarly: () => void;
  /** Asks the recruiter in a tab of the extension. */
  confirm: (button: HTMLElement) => Promise<boolean>;
  /** Returns whether the page still shows the panel's candidate. If not, informs the recruiter. */
  isStillShown: () => Promise<boolean>;
}

/** Intersection Observer v2, in Chromium only. `isVisible` is false if an element covers the target or it is transparent. */
type VisibilityEntry = IntersectionObserverEntry & { isVisible?: boolean };

/** Guards all invite buttons in the shadow root of `panel`. */
export function guardInvites(panel: HTMLElement, { onTooEarly, confirm, isStillShown }: Options): void {
  /** When each button became fully visible; undefined while it is not. */
  const visibleSince = new WeakMap<Element, number | undefined>();
  const observedButtons = new WeakSet<Element>();
  /** The button whose click the guard has approved. */
  let approvedButton: Element | undefined;

  const visibilityObserver = new IntersectionObserver(
    (entries) => {
      for (const { target, isVisible, time, intersectionRatio } of entries as VisibilityEntry[]) {
        if (!isVisible || intersectionRatio < 1) visibleSince.set(target, undefined);
        else if (visibleSince.get(target) === undefined) visibleSince.set(target, time);
      }
    },
    { threshold: [0, 0.5, 1], trackVisibility: true, delay: OBSERVER_DELAY_MS } as IntersectionObserverInit,
  );

  const mutationObserver = new MutationObserver(observeButtons);
  function observeButtons(): void {
    const root = panel.shadowRoot;
    if (!root) return;
    mutationObserver.observe(root, { childList: true, subtree: true });
    for (const button of root.querySelectorAll(BUTTON)) {
      if (observedButtons.has(button)) continue;
      observedButtons.add(button);
      visibilityObserver.observe(button);
    }
  }

  async function handleClick(button: HTMLElement, isTrusted: boolean): Promise<void> {
    if (!isTrusted) return;
    const since = visibleSince.get(button);
    const isTooEarly = since === undefined ? !visibleSince.has(button) : performance.now() - since < MIN_VISIBLE_MS;
    if (isTooEarly) return onTooEarly();
    if (since === undefined && !(await confirm(button))) return;
    if (!(await isStillShown()) || !button.isConnected) return;
    approvedButton = button;
    button.click();
    approvedButton = undefined;
  }

  addEventListener(
    'click',
    (event) => {
      observeButtons();
      const button = event.composedPath().find((node) => node instanceof HTMLElement && node.matches(BUTTON));
      if (!button || button === approvedButton) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      void handleClick(button as HTMLElement, event.isTrusted);
    },
    { capture: true },
  );

  for (const type of ['pointermove', 'focusin']) addEventListener(type, observeButtons, { capture: true });
  void (async () => {
    while (!panel.shadowRoot) await new Promise(requestAnimationFrame);
    observeButtons();
  })();
}
