import Commands

AugmentCommand.main()
