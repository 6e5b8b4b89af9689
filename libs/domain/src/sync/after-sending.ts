import type { SourceFault } from './source-fault.js';

type Fault = SourceFault | { readonly kind: 'gone' };

/** A fault of what followed a write that was sent: for all we know it arrived, so that it is looked up before anything else is done. */
export function afterSending(fault: Fault): Fault {
  switch (fault.kind) {
    case 'limited':
    case 'suspended':
      return { kind: 'uncertain', reason: `sent, and not read back: ${fault.kind}` };
    case 'reconnect':
    case 'access-lost':
      return { kind: 'uncertain', reason: fault.reason };
    case 'gone':
      return { kind: 'uncertain', reason: 'sent, and not found' };
    case 'unavailable':
    case 'unexpected':
      return { kind: 'uncertain', reason: fault.reason };
    default:
      return fault;
  }
}
