/** One line of a soak run's report. */
export interface SoakResult {
  what: string;
  value: number;
  unit: string;
  /** Whether the value meets its requirement. Absent if nothing is required. */
  holds?: boolean;
}
