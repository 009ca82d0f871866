/** The widget's pinned files, which pages load with `integrity`. */
export interface PinnedFilesTable {
  /** Such as `1.0.0.js`. */
  name: string;
  /** Does not change, because pages name its hash. */
  content: string;
  stored_at: string;
}
