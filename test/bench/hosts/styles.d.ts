/** Style sheets that a peer brings along; the bundler knows what to do with them. */
declare module '*.css';
