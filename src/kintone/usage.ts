/** Counts API requests as kintone counts them: a bulkRequest by its parts (facts "kintone" 2.4). */
export interface Usage {
  add(requests: number): void;
  total(): number;
}

export function createUsage(): Usage {
  let total = 0;
  return {
    add(requests) {
      total += requests;
    },
    total: () => total,
  };
}
