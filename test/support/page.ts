/** Playwright's pages, and assertions that wait for what a person would see. */
export type { Browser, BrowserContext, Locator, Page } from 'playwright';
export { expect } from 'playwright/test';
