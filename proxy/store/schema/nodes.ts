/** Tables that the nodes of one database share. SQLite serves one node and leaves them empty. */

/** Leases: a name, such as `jobs`, and the node that holds it. */
export interface LeasesTable {
  name: string;
  /** A random id of the process. */
  holder: string;
  /** By the database server's clock. From then on, another node may take the lease. */
  expires_at: string;
}

/** A node's calls to Evalon that wait for a permit. Other nodes then grant no permit of a lower priority. */
export interface WaitingCallsTable {
  node_id: string;
  priority: string;
  /** The node refreshes or removes the row before this time. An expired row belongs to a node that died. */
  expires_at: string;
}
