/** What a test in the browser can reach. */
export interface TestAddresses {
  proxyUrl: string;
  /** The test Evalon; steered by POST /__test__/…. */
  evalonUrl: string;
  /** Answers `{token}`, minted with the claims that are posted to it. */
  tokenUrl: string;
}

declare global {
  interface Window {
    __test__: TestAddresses;
  }
}
