/**
 * The chip in a candidate's page, which opens the side panel. Its size never changes, and its text depends on the
 * browser's language only, so that the page learns nothing from it. It also works if the page's Content Security Policy
 * forbids styles or requires Trusted Types.
 */
import { extension } from '../browser.ts';
import { createHtmlElement } from './dom.ts';

export const CHIP_ATTRIBUTE = 'data-evalon-extension';

const SIZE = 'width:176px;height:36px';
/** The size with a hint instead of a button. */
const HINT_SIZE = 'width:248px;height:52px';
const CONTENT_STYLE =
  'display:flex;align-items:center;justify-content:center;box-sizing:border-box;width:100%;height:100%;margin:0;padding:0 12px;border:1px solid #fff;border-radius:18px;background:#4353d9;color:#fff;font:600 13px/1.3 system-ui,sans-serif;text-align:center';
const CORNER = 'position:fixed;inset:auto 16px 16px auto;z-index:2147483647';

export interface Chip {
  host: HTMLElement;
  setPosition(position: 'corner' | 'inline'): void;
}

/** @param openPanel undefined if a page cannot open the side panel. The chip then explains how to open it. */
export function createChip(openPanel: (() => void) | undefined): Chip {
  const host = createHtmlElement(document, 'div');
  host.setAttribute(CHIP_ATTRIBUTE, '');
  host.attachShadow({ mode: 'closed' }).append(openPanel ? createButton(openPanel) : createHint());
  return {
    host,
    setPosition(position) {
      host.style.cssText = `all:initial;display:block;contain:strict;${openPanel ? SIZE : HINT_SIZE}${position === 'corner' ? `;${CORNER}` : ''}`;
    },
  };
}

function createButton(openPanel: () => void): HTMLElement {
  const button = createHtmlElement(document, 'button');
  button.type = 'button';
  button.textContent = extension.i18n.getMessage('chipLabel');
  button.style.cssText = `${CONTENT_STYLE};cursor:pointer`;
  button.addEventListener('click', ({ isTrusted }) => {
    if (isTrusted) openPanel();
  });
  return button;
}

function createHint(): HTMLElement {
  const note = createHtmlElement(document, 'div');
  note.setAttribute('role', 'note');
  note.setAttribute('aria-label', extension.i18n.getMessage('name'));
  note.textContent = extension.i18n.getMessage('chipHint');
  note.style.cssText = CONTENT_STYLE;
  return note;
}
