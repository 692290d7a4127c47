/** What the command line needs of a terminal; tests bring one of their own. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Columns of a screen that can be redrawn; null for files and pipes. */
  readonly columns: number | null;
  /** Calls back at every Ctrl+C until the answer is called. */
  onInterrupt(listener: () => void): () => void;
  /** Calls back at every such signal until the answer is called. */
  onSignal(signal: 'SIGTERM' | 'SIGINT' | 'SIGHUP', listener: () => void): () => void;
  /** Ends the process at once. */
  exit(code: number): void;
}

export interface LiveLines {
  /** Shows these lines in place of the ones before. */
  show(lines: readonly string[]): void;
  /** Leaves the last lines standing and starts anew below them. */
  settle(): void;
}

/**
 * Lines that change: redrawn in place on a screen; elsewhere every line that differs from the last one in
 * its place is printed once, so that a log file tells the same story.
 * @param columns as of `Terminal`
 */
export function liveLines(write: (text: string) => void, columns: number | null): LiveLines {
  let shown: readonly string[] = [];
  return {
    show(lines) {
      if (lines.length === shown.length && lines.every((line, index) => line === shown[index])) return;
      if (columns === null) {
        for (const [index, line] of lines.entries()) if (line !== shown[index]) write(`${line}\n`);
      } else {
        // Up to the first of the old lines, and clear from there to the end of the screen.
        const back = shown.length > 0 ? `\u001b[${shown.length}A\r\u001b[J` : '';
        write(back + lines.map((line) => `${cutToColumns(line, columns - 1)}\n`).join(''));
      }
      shown = lines;
    },
    settle() {
      shown = [];
    },
  };
}

/** Characters that take two columns of a terminal (Unicode East Asian Width: wide and full-width). */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;

/** A line that would wrap could not be redrawn. */
function cutToColumns(line: string, columns: number): string {
  let width = 0;
  let kept = '';
  for (const character of line) {
    width += WIDE.test(character) ? 2 : 1;
    if (width > columns) return kept;
    kept += character;
  }
  return kept;
}
