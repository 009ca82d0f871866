/**
 * Prints a template and nothing else of the page. Renders the template in a blank frame, because the page's styles
 * would affect the print. The page's CSP may forbid inline styles, but it allows constructed style sheets.
 */
import { render, type TemplateResult } from 'lit';
import { locale } from '../strings/en/common.ts';
import { pageDocument } from './page-document.ts';

/** How long the frame stays if the browser does not report the end of printing. */
const MAX_FRAME_LIFETIME_MS = 60_000;

export interface PrintedPage {
  title: string;
  content: TemplateResult;
  /** CSS text. */
  styles: string;
}

/** Opens the print dialog. `host` provides the font and the direction of the text. */
export function printPage(host: Element, page: PrintedPage): void {
  const frame = pageDocument.createElement('iframe');
  frame.style.cssText = 'position:fixed;width:0;height:0;border:0;visibility:hidden';
  frame.ariaHidden = 'true';
  // Firefox replaces the document of a frame until the frame has loaded.
  frame.addEventListener('load', () => printFrame(frame, host, page), { once: true });
  pageDocument.body.append(frame);
  setTimeout(() => frame.remove(), MAX_FRAME_LIFETIME_MS);
}

function printFrame(frame: HTMLIFrameElement, host: Element, { title, content, styles }: PrintedPage): void {
  const window = frame.contentWindow as Window & typeof globalThis;
  const { documentElement, body } = window.document;
  const { fontFamily, direction } = getComputedStyle(host);
  window.document.title = title;
  documentElement.lang = locale;
  documentElement.dir = direction;
  const container = body.appendChild(window.document.createElement('div'));
  container.style.setProperty('--evalon-font-family', fontFamily);
  const root = container.attachShadow({ mode: 'open' });
  const sheet = new window.CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets = [sheet];
  render(content, root);
  window.addEventListener('afterprint', () => frame.remove());
  window.print();
}
