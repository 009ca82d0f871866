/** Tables that the nodes of one database share. SQLite serves one node and leaves them empty. */

/** Leases: a name, such as `jobs`, and the node that holds it. */
export interface LeasesTable {
  name: string;
  /** A random id of the process. */
  holder: string;
  /** By the database server's clock. From then on, another node may take the lease. */
  expires_at: string;
}

/** Calls to Evalon that wait on a node for a permit. Other nodes grant no permit of a lower priority to their calls. */
export interface WaitingCallsTable {
  node_id: string;
  priority: string;
  /** When the node has refreshed or removed the row. A later row belongs to a node that died. */
  expires_at: string;
}
