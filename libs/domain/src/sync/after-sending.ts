import type { SourceFault } from './source-fault.js';

type Fault = SourceFault | { readonly kind: 'gone' };

type InDoubt = Extract<SourceFault, { readonly kind: 'uncertain' }>;

/**
 * A fault of what followed a write that was sent: for all we know it arrived, so that it is looked up before anything else is done. That also
 * goes for a refusal: what was refused is the look, not the write.
 */
export function afterSending(fault: Fault): InDoubt {
  switch (fault.kind) {
    case 'limited':
    case 'suspended':
    case 'silent':
      return { kind: 'uncertain', reason: `sent, and not read back: ${fault.kind}` };
    case 'gone':
      return { kind: 'uncertain', reason: 'sent, and not found' };
    case 'refused':
      return { kind: 'uncertain', reason: fault.message };
    default:
      return { kind: 'uncertain', reason: fault.reason };
  }
}

/** A fault of the search before a write that may have been sent earlier: forbidden or refused, it leaves that open. The others only wait. */
export function whileInDoubt(fault: SourceFault): SourceFault {
  return fault.kind === 'right-missing' || fault.kind === 'refused' ? afterSending(fault) : fault;
}
