/** The wall clock of the sandbox and its proxy. The seed sets it back to create the demo's history. */
export interface SandboxClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Sets the clock to a time in milliseconds since 1970. The clock runs on from there. */
  setTo(time: number): void;
  /** Sets the clock to the machine's time. */
  reset(): void;
}

export function createSandboxClock(machine: { now(): number }): SandboxClock {
  let behindMs = 0;
  return {
    now: () => machine.now() - behindMs,
    setTo(time) {
      behindMs = machine.now() - time;
    },
    reset() {
      behindMs = 0;
    },
  };
}
