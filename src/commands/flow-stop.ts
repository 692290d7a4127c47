/** How a command ends its flow on purpose. */
import { FailureError } from '../definition/errors';

/**
 * Thrown by a command that stops the flow because the data asks for it (`check`). The flow writes nothing, but
 * it has not failed: `executeFlow` hands the reason back as `stopped`, and the unit goes on with its next flow.
 * Reports made before the throw stay.
 */
export class FlowStopError extends FailureError {}
