/** What the end of a run needs to know of the page around the panel. */
import type { RunStatus } from '../../../run/status';

/** What the host of the panel can do; an absent one is not offered. */
export interface PanelCallbacks {
  onClose(): void;
  onReload(): void;
  /** Starts the unit once more. */
  onRetry?(): void;
  /** Goes on with the unfinished run that was found. */
  onResume?(): void;
  /** Gives the unfinished run up and starts afresh. */
  onRestart?(): void;
  /** Takes back what the run has written. */
  onUndo?(): void;
  /** Writes the rest of the plan of a run that failed or was cancelled in the middle. */
  onContinue?(): void;
  /** Leaves out the finished flows of the run, or of the unfinished run that was found, and plans the others anew. */
  onFromFailed?(): void;
}

/** The record that is on the screen now. */
export interface ShownRecord {
  readonly appId: string;
  readonly recordId: string;
  readonly isEditing: boolean;
}

/** What every ending is shown from. */
export interface EndingProps {
  readonly status: RunStatus;
  readonly callbacks: PanelCallbacks;
}
