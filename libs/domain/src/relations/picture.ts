import type {
  CreatePicture,
  LinkPicture,
  Picture,
  ProposalPicture,
  RelationPicture,
  VerdictPicture,
} from './action.js';
import type { Link } from './link.js';
import type { Proposal } from './proposal.js';
import type { Relation } from './relation.js';
import type { SourceRelation } from './source-relation.js';

/** A relation as history keeps it. */
export function pictureOfRelation(relation: Relation): RelationPicture {
  const { id, values, leading, state, survivorId, isIntercompany } = relation;
  return { id, values, leading, state, survivorId, isIntercompany };
}

/** A link as history keeps it. */
export function pictureOfLink(link: Link): LinkPicture {
  return { ...link, linkedAt: link.linkedAt.toISOString() };
}

/** The link that a picture shows. */
export function linkOfPicture(picture: LinkPicture): Link {
  return { ...picture, linkedAt: new Date(picture.linkedAt) };
}

/** A proposal as history keeps it. */
export function pictureOfProposal(proposal: Proposal): ProposalPicture {
  const { id, state, relationA, relationB } = proposal;
  return { id, state, relationA, relationB };
}

/** An account's content at the time. */
export function markOf({ id, contentHash }: SourceRelation): Picture['sources'][number] {
  return { id, contentHash };
}

/** What stands now of everything that an act touches. */
export function takePicture(shown: {
  readonly relations: readonly Relation[];
  readonly links?: readonly Link[];
  readonly proposals?: readonly Proposal[];
  readonly verdicts?: readonly VerdictPicture[];
  readonly sources?: readonly SourceRelation[];
  readonly creates?: readonly CreatePicture[];
}): Picture {
  return {
    relations: shown.relations.map(pictureOfRelation),
    links: (shown.links ?? []).map(pictureOfLink),
    proposals: (shown.proposals ?? []).map(pictureOfProposal),
    verdicts: shown.verdicts ?? [],
    sources: (shown.sources ?? []).map(markOf),
    ...(shown.creates?.length && { creates: shown.creates }),
  };
}
