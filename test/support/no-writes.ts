/** The options of a change to a session in a proxy that writes nothing into an ATS. */
export const NO_WRITES = { config: () => ({ writeBack: [], ats: {} }) };
