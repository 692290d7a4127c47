// JSON.parse alone of the same bytes: the least that every engine but one that reads bytes has to pay.
const decoder = new TextDecoder();

export async function createEngine() {
  let count = 0;
  return {
    page(_name, bytes) {
      count += JSON.parse(decoder.decode(bytes)).records.length;
    },
    loaded: () => count,
  };
}
