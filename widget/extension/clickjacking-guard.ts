/**
 * Between a click on Invite and the invite: the page around this frame belongs to somebody else. The click counts only if a person
 * made it on a button that was in plain sight for a while, as far as the browser can tell; else the recruiter is asked in a
 * tab of the extension's own. Either way the page is asked again, last of all, whom it shows.
 */
const BUTTON = '[part=invite-button]';
/** Milliseconds that the button was in plain sight before the click. */
const IN_SIGHT = 400;
const DELAY = 100;

interface Options {
  /** The button had only just come into sight: the recruiter is asked to click once more. */
  tooSoon: () => void;
  /** Asks the recruiter in a tab of the extension's own. */
  confirm: (button: HTMLElement) => Promise<boolean>;
  /** Whether the page shows, now, whom the panel shows; says so to the recruiter where it does not. */
  isStillOnShow: () => Promise<boolean>;
}

/** Visibility as Chromium tells it: false also where something lies over it, or it is made faint. */
type Sighted = IntersectionObserverEntry & { isVisible?: boolean };

/** Guards all invite buttons in the shadow root of `panel`. */
export function guardInvites(panel: HTMLElement, { tooSoon, confirm, isStillOnShow }: Options): void {
  /** Since when a button is in plain sight; undefined while it is not. */
  const since = new WeakMap<Element, number | undefined>();
  const watched = new WeakSet<Element>();
  let passing: Element | undefined;

  const sight = new IntersectionObserver(
    (entries) => {
      for (const { target, isVisible, time, intersectionRatio } of entries as Sighted[]) {
        if (!isVisible || intersectionRatio < 1) since.set(target, undefined);
        else if (since.get(target) === undefined) since.set(target, time);
      }
    },
    { threshold: [0, 0.5, 1], trackVisibility: true, delay: DELAY } as IntersectionObserverInit,
  );

  const buttons = new MutationObserver(watchButtons);
  function watchButtons(): void {
    const root = panel.shadowRoot;
    if (!root) return;
    buttons.observe(root, { childList: true, subtree: true });
    for (const button of root.querySelectorAll(BUTTON)) {
      if (watched.has(button)) continue;
      watched.add(button);
      sight.observe(button);
    }
  }

  async function decide(button: HTMLElement, isTrusted: boolean): Promise<void> {
    if (!isTrusted) return;
    const seen = since.get(button);
    if (seen !== undefined ? performance.now() - seen < IN_SIGHT : !since.has(button)) return tooSoon();
    if (seen === undefined && !(await confirm(button))) return;
    if (!(await isStillOnShow()) || !button.isConnected) return;
    passing = button;
    button.click();
    passing = undefined;
  }

  addEventListener(
    'click',
    (event) => {
      watchButtons();
      const button = event.composedPath().find((one) => one instanceof HTMLElement && one.matches(BUTTON));
      if (!button || button === passing) return;
      event.stopImmediatePropagation();
      event.preventDefault();
      void decide(button as HTMLElement, event.isTrusted);
    },
    { capture: true },
  );

  for (const moment of ['pointermove', 'focusin']) addEventListener(moment, watchButtons, { capture: true });
  void (async () => {
    while (!panel.shadowRoot) await new Promise(requestAnimationFrame);
    watchButtons();
  })();
}
