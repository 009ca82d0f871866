/** What every host app defines, so that one test can drive them all. */

export interface ShownCandidate {
  email: string;
  name: string;
}

declare global {
  interface Window {
    /** Mounts the panel, changes its candidate, or unmounts it. */
    show(candidate: ShownCandidate | undefined): unknown;
    /** Sessions that the app received by `evalon-completed`. */
    completed: object[];
  }
}
