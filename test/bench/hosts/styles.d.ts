/** Style sheets of a peer, which Vite bundles. */
declare module '*.css';
