/** The options of a change to a session, without anything to write into an ATS. */
export const NO_WRITES = { config: () => ({ writeBack: [], ats: {} }) };
