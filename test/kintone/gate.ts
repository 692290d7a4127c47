/** Where requests to a local kintone stand that a test holds back: give `pass` as its `sleep`, and delay what to hold. */
export class Gate {
  private waiting: (() => void)[] = [];
  private arrived: (() => void)[] = [];

  readonly pass = (): Promise<void> =>
    new Promise((resolve) => {
      this.waiting.push(resolve);
      for (const tell of this.arrived.splice(0)) tell();
    });

  /** Resolves when so many stand here. */
  async crowd(count: number): Promise<void> {
    while (this.waiting.length < count) await new Promise<void>((resolve) => this.arrived.push(resolve));
  }

  open(exceptFirst = 0): void {
    for (const goOn of this.waiting.splice(exceptFirst)) goOn();
  }
}
