/** Playwright's pages, and assertions that wait for what a person would see. */
import { expect as patient } from 'playwright/test';

export type { Browser, BrowserContext, Frame, Locator, Page, Request } from 'playwright';

/** Waits long: a machine that runs two browsers is slow, and only what never comes is a failure. */
export const expect = patient.configure({ timeout: 20_000 });
