import * as z from 'zod';
import { endpoint } from '../endpoint.js';
import {
  administrationUnknown,
  changedMeanwhile,
  codeLocked,
  codeMalformed,
  codeTaken,
  wrongStep,
} from '../problems.js';
import { id, line } from '../values.js';

const tag = 'coupling';

/** Who joins accounts that are certainly one: Koppel, Koppel where a registration number is equal too, or a person. */
export const contactHandling = z.enum(['automatic', 'careful', 'manual']);
export type ContactHandling = z.output<typeof contactHandling>;

export const configuration = z.strictObject({
  contactHandling: contactHandling.nullable(),
  codes: z.array(
    z.strictObject({
      administrationId: id,
      name: z.string(),
      code: z.string().nullable(),
      suggestedCode: z.string(),
      isCodeLocked: z.boolean(),
      isNew: z.boolean(),
    }),
  ),
  confirmationText: z.strictObject({ nl: z.string(), en: z.string() }),
  version: z.int(),
});
export type Configuration = z.output<typeof configuration>;
export const getConfigurationEndpoint = endpoint({
  method: 'GET',
  path: '/v1/coupling/configuration',
  summary: 'Contact handling and codes, with suggestions (step 3)',
  tag,
  access: 'viewer',
  response: configuration,
  problems: [],
});
const handlingEstimate = z.strictObject({ merged: z.int(), asked: z.int(), apart: z.int() });
/** What each contact handling would make of the accounts that were compared last; null before the first comparison. */
export const handlingEstimates = z
  .strictObject({ automatic: handlingEstimate, careful: handlingEstimate, manual: handlingEstimate })
  .nullable();
export type HandlingEstimates = z.output<typeof handlingEstimates>;
export const estimateHandlingEndpoint = endpoint({
  method: 'GET',
  path: '/v1/coupling/configuration/estimates',
  summary: 'How many accounts each contact handling would merge, ask about and leave apart',
  tag,
  access: 'viewer',
  response: z.strictObject({ estimates: handlingEstimates }),
  problems: [],
});
export const saveConfigurationEndpoint = endpoint({
  method: 'PUT',
  path: '/v1/coupling/configuration',
  summary: 'Save contact handling and codes (step 3)',
  tag,
  access: 'admin',
  body: z.strictObject({
    contactHandling,
    codes: z.array(z.strictObject({ administrationId: id, code: line(20) })).max(200),
    version: z.int(),
  }),
  response: configuration,
  problems: [codeMalformed, codeTaken, codeLocked, administrationUnknown, wrongStep, changedMeanwhile],
});
export const checkCodeEndpoint = endpoint({
  method: 'POST',
  path: '/v1/coupling/codes/check',
  summary: 'Check an administration code while typing',
  tag,
  access: 'viewer',
  body: z.strictObject({ administrationId: id, code: line(20) }),
  response: z.strictObject({
    verdict: z.enum(['free', 'own', 'malformed', 'zeros', 'taken', 'locked']),
    takenBy: z.string().nullable(),
    nextInvoiceNumber: z.string().nullable(),
  }),
  problems: [administrationUnknown],
});
