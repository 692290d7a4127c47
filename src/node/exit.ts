/** Exit codes of the command. 130 is what shells report for a process that Ctrl+C ended. */
export const EXIT = { success: 0, failure: 1, badArguments: 2, interrupted: 130 } as const;
