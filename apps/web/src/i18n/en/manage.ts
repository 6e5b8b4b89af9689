/** The management page, besides what it shares with the settings. */
export const manage: Readonly<Record<string, string>> = {
  'manage.operator': 'Helpdesk: organisations',
  'manage.readOnly': 'You can look along here. An administrator of your organisation can make changes.',
  'manage.connectionsText':
    'Which Exact user Koppel works with, and who gave consent for that. Hand the connection over when that person leaves.',
  'manage.administrationsText':
    'Pausing keeps everything. So does removing, but then the administration stays outside the coupling until you add it again.',
  'manage.syncText':
    'Koppel resyncs by itself. Exact allows a number of calls per minute and per day for each administration; resyncing more often takes more calls.',
  'manage.seriesText':
    'Year, administration code and sequence. The series goes on without gaps until the year is over.',
  'manage.keysText':
    'For the ERP, a data team or a consultant that works with Koppel over the API. Give every application a key of its own.',
  'connectionState.active': 'Connected',
  'connectionState.unknown': 'Being checked',
  'connectionState.unknownText':
    'An answer of Exact was lost. Koppel finds out by itself whether the consent still holds; you need not do anything.',
  'connectionState.broken': 'Broken by Exact',
  'connectionState.differs':
    'An Exact user gave consent who cannot reach your administrations. Reconnect with a user who can.',
  'connectionState.oldToken':
    'The same Exact user probably gave consent for another organisation afterwards; Exact keeps only one alive for a user. Reconnect as an Exact user that is for this organisation alone; all that you set up stays.',
  'connectionState.noneListed':
    'Exact shows this user no administrations any more. Restore the rights in Exact and reconnect.',
  'connectionState.brokenText':
    'Exact does not accept the consent any more. Reconnect: administrations, codes, matches and settings stay.',
  'connectionState.off': 'Disconnected',
  'connectionState.offText':
    'The consent was destroyed; nothing is fetched or written. Everything that you set up is still there: reconnect to go on.',
  'manage.exactUser': 'Exact user',
  'manage.authorisedBy': 'Consent by',
  'manage.validUntil': 'Valid',
  'manage.validUntilText': 'as long as Koppel works; unused until {$INTERPOLATION}',
  'manage.reaches': 'For',
  'manage.handOver': 'Hand over…',
  'manage.noConnectionText': 'Koppel needs consent to read your administrations at Exact Online.',
  'manage.handOverHeading': 'Hand the connection over',
  'manage.handOverHow':
    'You sign in at Exact Online as the new user and give consent there. Until that has worked, Koppel goes on with {$NAME}.',
  'manage.handOverNeeds': 'The new user must have rights in: {$NAMES}.',
  'manage.handOverConfirm': 'To Exact Online',
  'manage.disconnectStops': 'These administrations then stand still: {$NAMES}.',
  'manage.disconnected': 'The connection with Exact Online is disconnected.',
  'manage.pauseHeading': 'Pause {$NAME}',
  'manage.pauseEffect':
    'Koppel fetches nothing from it and writes nothing to it until you resume it. Its {$COUNT} records and all links stay as they are.',
  'manage.pauseAfter': 'After resuming everything is caught up with.',
  'manage.pauseConfirm': 'Pause',
  'manage.removeBack': 'You can take it back by “Add administrations”; it then goes through the steps again.',
  'manage.records': 'Records',
  'manage.actionsOf': 'Actions for {$NAME}',
  'manage.accessLost':
    'The Exact user cannot reach it any more. Give that user access in Exact Online again and let Koppel look once more; the administration then goes on by itself.',
  'manage.lookAgain': 'Look again',
  'manage.looking': 'Koppel asks Exact again which administrations can be reached.',
  'manage.removed': 'Removed:',
  'manage.wasRemoved': '{$NAME} was taken out of the coupling.',
  'manage.resumed': '{$NAME} goes on.',
  'manage.viewRunning': 'View the running synchronisation',
  'manage.notActive': 'Possible as soon as the coupling is finished.',
  'manage.notConnected': 'Possible as soon as the connection with Exact Online is restored.',
  'manage.creation': 'Create a relation where it is missing',
  'manage.creationFirstUse': 'on first use there',
  'manage.creationAlways': 'always, once a contact is new',
  'manage.creationNever': 'never',
  'manage.creationBound': 'At most 200 per resync; those beyond it are created on first use.',
  'manage.creationSaved': 'Saved.',
  'manage.intervalSaved': 'Resyncs now happen every {$DURATION}.',
  'runs.duration': 'Took',
  'runs.changed': 'Changed',
  'keys.none': 'No keys yet.',
  'keys.until': 'Valid until',
  'keys.madeBy': '{$INTERPOLATION}, {$INTERPOLATION_1}',
  'keys.ended': 'Ended',
  'keys.noEnd': 'without end',
  'keys.lifetime': 'Valid',
  'keys.year': '1 year',
  'keys.days': '{$DAYS} days',
  'keys.notCopied': 'The browser did not allow copying. The key is selected; copy it yourself.',
  'keys.revoked': 'Key {$NAME} is revoked.',
  'keys.nameFirst': 'Give a name first.',
};
