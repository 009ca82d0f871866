/** What a long run answers: what it measured, and whether that is as it must be. */
export interface SoakResult {
  what: string;
  value: number;
  unit: string;
  /** Absent where it is only told. */
  holds?: boolean;
}
