import type { ProposalDetail as DetailResponse, ProposalSummary } from '@koppel/contracts';
import {
  counterfactualSentence,
  reasonSentence,
  whatWouldChange,
  type Reason,
} from '@koppel/domain/matching';
import type { ProposalDetail, ProposalRow, ProposalSide } from '@koppel/persistence/read';
import { toSourceResponse } from './source-response.js';

const topReasonsMax = 3;

/** A pair in the queue, with the reasons that weigh most. */
export function toProposalSummary(row: ProposalRow): ProposalSummary {
  const heaviest = [...row.reasons]
    .filter(({ key }) => key !== 'prior')
    .sort(
      (one, other) => tellsAside(other) - tellsAside(one) || Math.abs(other.weight) - Math.abs(one.weight),
    );
  return {
    id: row.id,
    kind: row.kind,
    state: row.state === 'open' && row.isAside ? 'aside' : row.state,
    probability: row.probability,
    score: row.score,
    left: toSide(row.left),
    right: toSide(row.right),
    topReasons: heaviest.slice(0, topReasonsMax).map(toReason),
    decidedByName: row.decidedByName,
    decidedAt: row.decidedAt?.toISOString() ?? null,
  };
}

// Why a pair is not in the queue comes first.
function tellsAside({ key }: Reason): number {
  return Number(key.startsWith('set-aside-'));
}

/** A pair side by side. */
export function toProposalDetail(detail: ProposalDetail): DetailResponse {
  const links = detail.members.flatMap((member) => member.links);
  return {
    ...toProposalSummary(detail.row),
    reasons: detail.row.reasons.map(toReason),
    vetoes: detail.row.vetoes.map(toReason),
    contradictions: detail.contradictions.map(toReason),
    wouldChange: toWouldChange(detail),
    leftSources: detail.left.map((source) => toSourceResponse(source, links)),
    rightSources: detail.right.map((source) => toSourceResponse(source, links)),
    differingFields: detail.differing.map(({ field, suggested }) => ({
      field,
      suggestedSourceRelationId: suggested,
    })),
    suggestedBookOn: [...detail.suggestedBookOn],
    actionId: detail.row.actionId,
    version: detail.version,
  };
}

function toWouldChange({ compared, learnt, row }: ProposalDetail): DetailResponse['wouldChange'] {
  const [a, b] = compared;
  if (!a || !b) return [];
  return whatWouldChange({ a, b, found: row, learnt }).map((found) => ({
    ...found,
    text: { nl: counterfactualSentence(found, 'nl'), en: counterfactualSentence(found, 'en') },
  }));
}

function toSide({ relationId, name, administrationName }: ProposalSide): ProposalSummary['left'] {
  return { relationId, name, administrationName };
}

/** A reason with its sentence in both languages. */
export function toReason(reason: Reason): ProposalSummary['topReasons'][number] {
  return {
    key: reason.key,
    params: { ...reason.params },
    weight: reason.weight,
    text: { nl: reasonSentence(reason, 'nl'), en: reasonSentence(reason, 'en') },
  };
}
