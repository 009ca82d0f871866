/** The candidates of the simulated ATSs. All ids are invented. */
export interface SimulatedPerson {
  name: string;
  email: string;
  jobId: string;
}

/** A candidate, and the application that the candidate had at the start. */
export interface SimulatedCandidate extends SimulatedPerson {
  /** The candidate's position, from which each ATS's ids are derived. */
  readonly index: number;
  /** The ATS knows neither the candidate nor the application. */
  isDeleted: boolean;
  /** The application was rejected, and the job is closed. */
  isClosed: boolean;
  /** After a merge: the `index` of the candidate who now owns the application. */
  mergedInto: number | undefined;
}

const createUuid = (group: string) => (index: number) =>
  `00000000-0000-4000-${group}-${String(index + 1).padStart(12, '0')}`;

export const GREENHOUSE_IDS = {
  person: (index: number) => String(7_001 + index),
  application: (index: number) => String(4_001 + index),
};
export const LEVER_IDS = { opportunity: createUuid('8000') };
export const ASHBY_IDS = { candidate: createUuid('9000'), application: createUuid('a000') };
export const WORKDAY_IDS = { application: (index: number) => `JA-${1_001 + index}` };

export class SimulatedCandidates {
  readonly #candidates: readonly SimulatedCandidate[];

  constructor(people: readonly SimulatedPerson[]) {
    this.#candidates = people.map(({ name, email, jobId }, index) => ({
      name,
      email,
      jobId,
      index,
      isDeleted: false,
      isClosed: false,
      mergedInto: undefined,
    }));
  }

  /** Changes a candidate as a recruiter would in the ATS. */
  change(index: number, change: Partial<Omit<SimulatedCandidate, 'index'>>): void {
    Object.assign(this.#candidates[index] ?? {}, change);
  }

  /**
   * Finds the application with this id, unless it was deleted.
   * @param getId derives an ATS's id from an `index`, such as `GREENHOUSE_IDS.application`.
   */
  findApplication(getId: (index: number) => string, id: unknown): SimulatedCandidate | undefined {
    return this.#candidates.find(({ index, isDeleted }) => !isDeleted && getId(index) === id);
  }

  /** Finds the candidate with this id, unless they were deleted or merged into another. */
  findCandidate(getId: (index: number) => string, id: unknown): SimulatedCandidate | undefined {
    return this.#candidates.find(
      ({ index, isDeleted, mergedInto }) => !isDeleted && mergedInto === undefined && getId(index) === id,
    );
  }

  /** Returns the candidate who owns the application. */
  getOwner({ index, mergedInto = index }: SimulatedCandidate): SimulatedCandidate {
    return this.#candidates[mergedInto] as SimulatedCandidate;
  }

  listApplicationsOf({ index }: SimulatedCandidate): SimulatedCandidate[] {
    return this.#candidates.filter((candidate) => !candidate.isDeleted && this.getOwner(candidate).index === index);
  }
}
