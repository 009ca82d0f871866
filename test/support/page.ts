/** Playwright's pages, and assertions that wait for what a person would see. */
export type { Browser, BrowserContext, Frame, Locator, Page, Request } from 'playwright';
export { expect } from 'playwright/test';
