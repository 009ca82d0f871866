/** The part of PapaParse that the widget uses. Its published types would add those of Node.js to the widget. */
declare module 'papaparse' {
  interface Parser {
    pause(): void;
    resume(): void;
    abort(): void;
  }

  interface ChunkConfig<Row> {
    skipEmptyLines: 'greedy';
    delimitersToGuess: string[];
    /** Characters. */
    chunkSize: number;
    chunk(results: { data: Row[] }, parser: Parser): void;
    complete(): void;
  }

  const Papa: { parse<Row>(text: string, config: ChunkConfig<Row>): void };
  export default Papa;
}
