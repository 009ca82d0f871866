/** The part of PapaParse that the widget uses. PapaParse's own types would add the types of Node.js. */
declare module 'papaparse' {
  interface Parser {
    pause(): void;
    resume(): void;
    abort(): void;
  }

  interface ChunkConfig<Row> {
    skipEmptyLines: 'greedy';
    delimitersToGuess: string[];
    /** In characters. */
    chunkSize: number;
    chunk(results: { data: Row[] }, parser: Parser): void;
    complete(): void;
  }

  const Papa: { parse<Row>(text: string, config: ChunkConfig<Row>): void };
  export default Papa;
}
