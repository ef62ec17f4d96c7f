import Commands

CompareStudents.main()
