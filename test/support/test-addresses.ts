/** The servers of a test file that runs in the browser. */
export interface TestAddresses {
  proxyUrl: string;
  /** The test Evalon, controlled by POST /__test__/…. */
  evalonUrl: string;
  /** Returns `{token}` with the posted claims. */
  tokenUrl: string;
}

declare global {
  interface Window {
    __test__: TestAddresses;
  }
}
