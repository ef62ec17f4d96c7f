import Commands

DistillBiLSTM.main()
